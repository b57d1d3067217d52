// Ends with 0 when the service on this machine answers /healthz: what the container's health check runs.
const { OPS_PORT, PORT, TLS_CERT_FILE } = process.env;
const secure = Boolean(TLS_CERT_FILE) && !OPS_PORT;
const { get } = await import(secure ? 'node:https' : 'node:http');
// The certificate names the public host, not this loopback address.
get({
  host: '127.0.0.1',
  port: OPS_PORT || PORT || 14_000,
  path: '/healthz',
  timeout: 2_500,
  rejectUnauthorized: false,
})
  .on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
