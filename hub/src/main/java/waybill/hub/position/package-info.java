/// The position pipeline: what a driver reported becomes what viewers receive, with its age, its ETA and a rate
/// that viewers can use.
@NullMarked
package waybill.hub.position;

import org.jspecify.annotations.NullMarked;
