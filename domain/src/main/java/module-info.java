import org.jspecify.annotations.NullMarked;

/// The delivery domain. It depends on the Java platform only.
@NullMarked
module waybill.domain {
    requires static transitive org.jspecify;

    exports waybill.access;
    exports waybill.arrival;
    exports waybill.blob;
    exports waybill.concurrent;
    exports waybill.directory;
    exports waybill.dispatch;
    exports waybill.eta;
    exports waybill.geo;
    exports waybill.journal;
    exports waybill.limit;
    exports waybill.link;
    exports waybill.messaging;
    exports waybill.notification;
    exports waybill.order;
    exports waybill.outbound;
    exports waybill.tracking;
}
