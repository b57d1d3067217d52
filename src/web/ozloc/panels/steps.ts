// The steps behind the list and what they send, in files of their own: they are fetched once there is something to choose.
import '../effects/commands.js';
import './sale.css';
import './draw.css';
import './done.css';

export { ContractPlace, Done } from './done.js';
export { Draw } from './draw.js';
export { networkAround, Refusals, TellEngineering } from './list-more.js';
export { Prospect, ProspectDone } from './prospect.js';
export { Sale } from './sale.js';
export { MovingFrom } from './sale-facts.js';
export { OtherContract, TicketOver } from './ticket-over.js';
export { Held } from './view-parts.js';
