package waybill.storage;

/// x
interface DirectoryContract extends StorePorts {}
