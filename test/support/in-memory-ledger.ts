import type { SaleLedger } from '../../src/http/sales/sales.js';
import type { OpenSale } from '../../src/store/sales.js';

/** For one process: forgets with it, where the journal's would outlive a restart. Nothing is ever sold. */
export function inMemoryLedger(): SaleLedger {
  const sales = new Map<string, { ownerId: string; contractCode: string; open: OpenSale | null }>();
  return {
    async issue({ id, ownerId, contractCode }) {
      sales.set(id, { ownerId, contractCode, open: null });
    },
    async redeem(id) {
      const sale = sales.get(id);
      if (!sale || sale.open) return false;
      sale.open = { places: [], sold: null };
      return true;
    },
    find: async (id) => sales.get(id)?.open ?? null,
    async addPlace(id, place, most) {
      const open = sales.get(id)?.open;
      if (!open || open.places.length >= most) return false;
      open.places.push(place);
      return true;
    },
    async end(id) {
      sales.delete(id);
    },
    async revoke(ownerId, contractCode) {
      const ended = [...sales].filter(([, sale]) => sale.ownerId === ownerId && sale.contractCode === contractCode);
      for (const [id] of ended) sales.delete(id);
      return ended.length;
    },
  };
}
