// The steps behind the list and what they send, in files of their own: they are fetched once there is something to choose.
import '../effects/commands.js';
import './sale.css';
import './draw.css';
import './done.css';

export { ContractPlace, Done } from './done.js';
export { Draw } from './draw.js';
export { networkAround, OtherContract, Prospect, ProspectDone, TellEngineering } from './prospect.js';
export { Sale } from './sale.js';
export { MovingFrom, Refusals } from './sale-facts.js';
export { TicketOver } from './ticket-over.js';
export { Held } from './view-parts.js';
