/// The dialect of `/storefront`.
@NullMarked
package waybill.server.dialect.storefront;

import org.jspecify.annotations.NullMarked;
