import { Arg, Ctx, Directive, FieldResolver, Float, Query, Resolver, Root } from 'type-graphql';
import { flatOf } from '../../domain/flat.js';
import { pathLengthM } from '../../domain/geo.js';
import { toProblem } from '../../errors/messages.js';
import type { Property, RefusedViabilityBox, ViabilityBox } from '../../ozmap/types.js';
import { assertItem, assertListAtMost } from '../arguments.js';
import { type Box, buildingFrom } from '../box/box.type.js';
import type { RequestContext } from '../context.js';
import { MapPoint } from '../geo.type.js';
import { OzmapProperty, propertyFrom } from '../property/property.type.js';
import { condominiumsNear } from './ask-ozmap.js';
import { requestFrom, ViabilityInput } from './viability.input.js';
import type { ViabilityResult } from './viability.service.js';
import { BoxOffer, BuildingOffer, Viability, ViabilityCondominium, ViabilityOutcome } from './viability.type.js';

const MAX_INPUTS = 100;

/** Whether addresses can be served. */
@Resolver(() => Viability)
export class ViabilityResolver {
  @Query(() => Viability, {
    nullable: true,
    description: 'Whether an address can be served, by the parameters set in OZmap.',
  })
  async viability(
    @Arg('input', () => ViabilityInput, { description: 'The place in question.' }) input: ViabilityInput,
    @Ctx() { viability }: RequestContext,
  ): Promise<Viability> {
    return viabilityFrom(await viability.check(requestFrom(input)));
  }

  @Query(() => [ViabilityOutcome], {
    nullable: true,
    description: `At most ${MAX_INPUTS}, in the given order, each with its own answer or problem.`,
  })
  async viabilities(
    @Arg('inputs', () => [ViabilityInput], { description: 'The places in question.', validateFn: () => {} })
    inputs: ViabilityInput[],
    @Ctx() { viability }: RequestContext,
  ): Promise<ViabilityOutcome[]> {
    assertListAtMost('viabilities', inputs, MAX_INPUTS);
    return Promise.all(
      inputs.map(async (input) => {
        try {
          assertItem(input);
          return { viability: viabilityFrom(await viability.check(requestFrom(input))), problem: null };
        } catch (error) {
          return { viability: null, problem: toProblem(error) };
        }
      }),
    );
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [ViabilityCondominium], {
    nullable: true,
    description:
      'Gated communities at the location or within the search radius, nearest first; null if OZmap does not list them to this token.',
  })
  async condominiums(
    @Root() place: Viability,
    @Ctx() { ozmap }: RequestContext,
  ): Promise<ViabilityCondominium[] | null> {
    const near = await condominiumsNear(ozmap, place);
    return (
      near?.map(({ condominium: { id, name, address, observation }, distanceM }) => ({
        ozmapId: id,
        name,
        address,
        observation,
        distanceM: Math.ceil(distanceM),
      })) ?? null
    );
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [OzmapProperty], {
    description: 'Properties nearby without client, whose drop and port can be reused.',
  })
  async reusableProperties(
    @Root() { reusablePropertyIds }: Viability,
    @Ctx() { loaders, keptHomes }: RequestContext,
  ): Promise<OzmapProperty[]> {
    if (reusablePropertyIds.length === 0) return [];
    const [kept, ...found] = await Promise.all([
      keptHomes,
      ...reusablePropertyIds.map((id) => loaders.properties.load(id)),
    ]);
    return vacant(
      found.filter((record) => record !== null),
      kept,
    );
  }
}

/** Homes without client that no command is about to use. */
function vacant(homes: readonly Property[], kept: ReadonlySet<string> | null): OzmapProperty[] {
  const isFree = ({ clientId, id, externalId }: Property) =>
    clientId === null && kept !== null && !kept.has(id) && !(externalId !== null && kept.has(externalId));
  return homes.filter(isFree).map(propertyFrom);
}

/** Who lives in a building already: one request for all buildings of an answer. */
@Resolver(() => BuildingOffer)
export class BuildingOfferResolver {
  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'Numbers of the flats that have a client, as their addresses name them and as far as the token sees: they are not sold again.',
  })
  async soldApartments(
    @Root() { building }: BuildingOffer,
    @Ctx() { loaders }: RequestContext,
  ): Promise<string[] | null> {
    const flats = await loaders.propertiesByBox.load(building.id);
    const numbers = flats.flatMap(({ clientId, address }) => (clientId === null ? [] : (flatOf(address ?? '') ?? [])));
    return numbers.sort((a, b) => a.localeCompare(b, 'pt-BR', { numeric: true }));
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [OzmapProperty], {
    nullable: true,
    description: 'Its flats without client, on the port that they have: one of them is taken over by its `propertyId`.',
  })
  async vacantFlats(
    @Root() { building }: BuildingOffer,
    @Ctx() { loaders, keptHomes }: RequestContext,
  ): Promise<OzmapProperty[] | null> {
    return vacant(...(await Promise.all([loaders.propertiesByBox.load(building.id), keptHomes])));
  }
}

/** The way that a reservation of an offer lays. */
@Resolver(() => BoxOffer)
export class BoxOfferResolver {
  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [MapPoint], {
    nullable: true,
    description:
      'The drop that a reservation without `dropPath` lays, from the client to the box: along the poles in POLES mode, straight in RADIUS mode.',
  })
  dropPath(@Root() offer: BoxOffer, @Ctx() { loaders }: RequestContext): Promise<MapPoint[] | null> {
    return pathOf(offer, loaders);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Length of that drop in metres, up to the home; null if neither OZmap nor its way tells it.',
  })
  async dropLengthM(@Root() offer: BoxOffer, @Ctx() { loaders }: RequestContext): Promise<number | null> {
    const path = await pathOf(offer, loaders);
    return path ? Math.round(pathLengthM(path) * 100) / 100 : offer.way.lengthM;
  }
}

/** Null where OZmap does not say where the box is, or names a pole that it does not show. */
async function pathOf({ box, way }: BoxOffer, { poles }: RequestContext['loaders']): Promise<MapPoint[] | null> {
  const { location, dropPoleIds, lengthM } = way;
  const isAlongPoles = lengthM !== null;
  if (box.lat === null || box.lng === null || (isAlongPoles && dropPoleIds === null)) return null;
  const passed = await Promise.all((dropPoleIds ?? []).toReversed().map((id) => poles.load(id)));
  if (passed.includes(null)) return null;
  const between = passed.flatMap((pole) => (pole ? [pole.location] : []));
  return [location, ...between, { lat: box.lat, lng: box.lng }];
}

function viabilityFrom({ boxes, refusedBoxes, buildings, ...answer }: ViabilityResult): Viability {
  return {
    ...answer,
    searchRadiusM: answer.search?.radiusM ?? null,
    boxes: boxes.map(({ box, ...offer }) => ({ ...offer, box: boxOf(box) })),
    buildings: buildings.map(({ distanceM, availability, ...building }) => ({
      building: buildingFrom(building),
      distanceM,
      freePorts: availability,
    })),
    refusedBoxes: refusedBoxes.map(({ box, ...refusal }) => ({ ...refusal, box: boxOf(box) })),
  };
}

/** A viability answer holds part of a box; the rest is read when asked for, for all boxes at once. */
function boxOf({ id, name, location, projectId }: ViabilityBox | RefusedViabilityBox): Box {
  return { id, name, lat: location?.lat ?? null, lng: location?.lng ?? null, projectId, record: null };
}
