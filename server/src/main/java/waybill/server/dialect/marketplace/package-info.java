/// The dialect of `/marketplace`.
@NullMarked
package waybill.server.dialect.marketplace;

import org.jspecify.annotations.NullMarked;
