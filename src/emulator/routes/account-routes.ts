import { type OpenRoute, ok, type Route } from './route.js';

/** `POST users/login`, with or without `?type=API`: the one route that asks for no token, and looks at none. */
export const loginRoute: OpenRoute = {
  method: 'POST',
  path: 'users/login',
  handleOpen: ({ accounts, body }) => ok({ authorization: accounts.login(body) }),
};

/** `GET authenticated`: 200 for a known token, with its owner (that the owner is in the answer is a guess). */
export const authenticatedRoute: Route = {
  method: 'GET',
  path: 'authenticated',
  handle: ({ caller: { user } }) => ok({ id: user.id, username: user.username, name: user.name }),
};
