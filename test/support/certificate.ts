import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { available } from './available.js';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** False, with the reason printed, where no certificate can be made. */
export const canMakeCertificates = available(hasOpenssl(), 'openssl is not on this machine, so TLS is not tried');

/** A self-signed certificate for localhost, in a folder of its own. */
export function makeCertificate(): { folder: string; certFile: string; keyFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const args = ['req', ...made, '-subj', '/CN=localhost', '-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', args, { stdio: 'ignore' });
  return { folder, certFile, keyFile };
}
