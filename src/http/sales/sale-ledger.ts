import type { SaleStore } from '../../store/sales.js';

/** Remembers which tickets were used and which sales are over. Errors: JOURNAL_UNAVAILABLE. */
export type SaleLedger = Pick<SaleStore, 'issue' | 'redeem' | 'find' | 'addPlace' | 'end' | 'revoke'>;
