import org.jspecify.annotations.NullMarked;

/// The deliveries themselves. Depends on the Java platform and on nothing else of ours.
@NullMarked
module waybill.domain {
    requires static transitive org.jspecify;

    exports waybill.access;
    exports waybill.directory;
    exports waybill.geo;
    exports waybill.journal;
    exports waybill.messaging;
    exports waybill.order;
    exports waybill.tracking;
}
