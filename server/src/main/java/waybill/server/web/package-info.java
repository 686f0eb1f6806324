/// The hub's pages: static files in the resources `waybill/web`, each page a client of the public API like any other.
///
/// A page is one HTML file whose scripts are ES modules; [waybill.server.web.WebFiles] serves the files, and
/// [waybill.server.web.WebPages] the pages, with a policy that runs the hub's own scripts alone. Nothing here may reach
/// orders, positions or stores: what a page shows it loads over REST and sockets. Start at `WebPages`.
@NullMarked
package waybill.server.web;

import org.jspecify.annotations.NullMarked;
