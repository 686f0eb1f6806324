/// The dialect of `/caps`: parcels with an envelope of store and message id.
@NullMarked
package waybill.server.dialect.caps;

import org.jspecify.annotations.NullMarked;
