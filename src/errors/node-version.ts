/** Some dependency cannot run on an older one. */
const OLDEST_NODE = [22, 15] as const;

/**
 * Ends the process, with one sentence, on a Node that is too old. For what is started first, and the only thing that it may import statically:
 * on an older Node the rest would not even load.
 */
export function needsNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  process.stderr.write(
    `This service needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.version}. Through npm (\`npm start\`, \`npm run …\`) it has Node 24 on Linux, Windows on x64 and Intel Macs; elsewhere, install it.\n`,
  );
  process.exit(1);
}
