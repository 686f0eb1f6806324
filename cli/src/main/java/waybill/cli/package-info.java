@NullMarked
package waybill.cli;

import org.jspecify.annotations.NullMarked;
