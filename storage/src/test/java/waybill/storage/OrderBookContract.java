package waybill.storage;

/// x
interface OrderBookContract extends StorePorts {}
