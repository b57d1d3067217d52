import { UpstreamRefusedError, UpstreamShapeError } from '../../errors/app-error.js';
import type { Api } from '../api.js';
import { EXTERNAL_ID } from '../assumptions.js';
import type { WireRecord } from '../wire/record.js';

/**
 * Rows that carry this external id, for whoever wrote it and lost the answer. An OZmap that cannot be asked for it, or does not show it, has
 * none: then they are recognised by what else is known of them.
 */
export async function findByExternalId(api: Api, route: string, externalId: string): Promise<WireRecord[]> {
  try {
    const rows = await api.listIn(route, EXTERNAL_ID, [externalId], { rowsPerValue: 1 });
    return rows.filter((row) => row.text(EXTERNAL_ID) === externalId);
  } catch (error) {
    if (error instanceof UpstreamRefusedError || error instanceof UpstreamShapeError) return [];
    throw error;
  }
}
