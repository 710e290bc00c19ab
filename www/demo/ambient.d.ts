/** The built package, as the pages import it. */
declare module '/pkg/nivella-credits.js' {
  const connect: typeof import('../shim/connection.js').connect;
  const newRequestId: typeof import('../shim/ledger-api.js').newRequestId;
  export { connect, newRequestId };
}
