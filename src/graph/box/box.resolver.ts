import { Arg, Ctx, Directive, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { distanceM } from '../../domain/geo.js';
import { countFree } from '../../domain/ports.js';
import { implantationStatus } from '../../domain/status.js';
import type { Box as BoxRecord, Splitter as SplitterRecord } from '../../ozmap/types.js';
import { assertAtMost, assertListAtMost, isOzmapId } from '../arguments.js';
import { shown } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { MapPointInput } from '../geo.type.js';
import type { SaleScope } from '../ozloc/sale-scope.js';
import { holdersOf, Splitter, splitterFrom } from '../splitter/splitter.resolver.js';
import {
  Box,
  BoxAtDistance,
  BoxType,
  boxFrom,
  type ImplantationStatus,
  ImplantationStatusEnum,
  NetworkProject,
  projectFrom,
} from './box.type.js';

const DEFAULT_BOXES = 50;
const MAX_BOXES = 500;
const MAX_RADIUS_M = 20_000;

/** Boxes by id and around a point. */
@Resolver(() => Box)
export class BoxResolver {
  @Query(() => Box, {
    nullable: true,
    description: 'One box; null if it does not exist or this token may not see it.',
  })
  async box(
    @Arg('id', () => ID, { description: "OZmap's id." }) id: string,
    @Ctx() { loaders, sale }: RequestContext,
  ): Promise<Box | null> {
    const record = isOzmapId(id) ? await loaders.boxes.load(id) : null;
    return record && inSale(sale, record) ? boxFrom(record) : null;
  }

  @Query(() => [Box], {
    nullable: 'itemsAndList',
    description: `At most ${MAX_BOXES}, in the given order; null where \`box\` is.`,
  })
  boxesById(
    @Arg('ids', () => [ID], { description: "OZmap's ids." }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<Box | null>[] {
    assertListAtMost('boxesById', ids, MAX_BOXES);
    return ids.map((id) => this.box(id, context));
  }

  @Directive('@listSize(slicingArguments: ["limit"], requireOneSlicingArgument: false)')
  @Query(() => [BoxAtDistance], {
    nullable: true,
    description: `Boxes around a point, nearest first. \`limit\` at most ${MAX_BOXES}.`,
  })
  async boxes(
    @Arg('near', () => MapPointInput, { description: 'Centre of the search.' }) near: MapPointInput,
    @Arg('radiusM', () => Float, { description: 'Radius in metres.' }) radiusM: number,
    @Arg('limit', () => Int, { nullable: true, defaultValue: DEFAULT_BOXES, description: 'Maximum number of results.' })
    limit: number | null,
    @Ctx() { ozmap, loaders, sale }: RequestContext,
  ): Promise<BoxAtDistance[]> {
    const atMost = limit ?? DEFAULT_BOXES;
    assertAtMost('boxes', atMost, MAX_BOXES, 'limit');
    assertAtMost('radiusM', radiusM, MAX_RADIUS_M);
    sale?.assertTouches(near, radiusM);
    const around = await ozmap.findBoxesNear({ lat: near.lat, lng: near.lng }, radiusM, atMost);
    const found = around.filter((record) => inSale(sale, record));
    for (const record of found) loaders.boxes.prime(record.id, record);
    return found
      .flatMap((record) =>
        record.location ? [{ box: boxFrom(record), distanceM: distanceM(near, record.location) }] : [],
      )
      .sort((a, b) => a.distanceM - b.distanceM);
  }

  @FieldResolver(() => ImplantationStatusEnum, { nullable: true, description: 'Construction status.' })
  async status(@Root() box: Box, @Ctx() { loaders }: RequestContext): Promise<ImplantationStatus | null> {
    const record = box.record ?? (await loaders.boxes.load(box.id));
    return record && implantationStatus(record);
  }

  @FieldResolver(() => BoxType, { nullable: true, description: 'Type of a box, as the provider defines it in OZmap.' })
  async type(@Root() box: Box, @Ctx() { loaders }: RequestContext): Promise<BoxType | null> {
    const record = box.record ?? (await loaders.boxes.load(box.id));
    return record?.boxTypeId ? loaders.boxTypes.load(record.boxTypeId) : null;
  }

  @FieldResolver(() => NetworkProject, { nullable: true, description: 'The project that the box belongs to.' })
  async project(@Root() box: Box, @Ctx() { loaders }: RequestContext): Promise<NetworkProject | null> {
    return shown(loaders.projects, box.projectId ?? (await loaders.boxes.load(box.id))?.projectId, projectFrom);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Counted from the ports of its service splitters.' })
  async freePorts(@Root() box: Box, @Ctx() context: RequestContext): Promise<number | null> {
    const splitters = await serviceSplitters(box, context);
    const holders = await Promise.all(splitters.map((splitter) => holdersOf(splitter, context.loaders)));
    return countFree(holders.flat());
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Ports of its service splitters.' })
  async totalPorts(@Root() box: Box, @Ctx() context: RequestContext): Promise<number | null> {
    return (await serviceSplitters(box, context)).flatMap(({ outputs }) => outputs).length;
  }

  @Directive('@listSize(assumedSize: 4)')
  @FieldResolver(() => [Splitter], { nullable: true, description: 'Its service splitters, by name.' })
  async splitters(@Root() box: Box, @Ctx() context: RequestContext): Promise<Splitter[]> {
    return (await serviceSplitters(box, context)).map(splitterFrom);
  }
}

/** Where a sale's bearer asks, only what the sale reaches. */
function inSale(sale: SaleScope | null, { location }: BoxRecord): boolean {
  return sale === null || sale.covers(location);
}

async function serviceSplitters(box: Box, { loaders }: RequestContext): Promise<SplitterRecord[]> {
  const inside = await loaders.splittersByBox.load(box.id);
  return inside
    .filter((splitter) => splitter.isDrop)
    .sort((a, b) => a.name.localeCompare(b.name, 'pt-BR', { numeric: true }));
}
