/// The dialect of `/realtime`.
@NullMarked
package waybill.server.dialect.realtime;

import org.jspecify.annotations.NullMarked;
