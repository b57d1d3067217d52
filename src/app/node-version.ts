const OLDEST_NODE = [22, 15] as const;

/** Ends the process with one line on a Node that some dependency cannot run on. */
export function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  process.stderr.write(
    `This service needs Node ${OLDEST_NODE.join('.')} or newer; this is ${version}. \`npm start\` brings Node 24 on Linux, Windows on x64 and Intel Macs; elsewhere, install it.\n`,
  );
  process.exit(1);
}
