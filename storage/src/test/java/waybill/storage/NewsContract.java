package waybill.storage;

/// x
interface NewsContract extends StorePorts {}
