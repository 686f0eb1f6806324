// Photos and signatures that wait for a connection, in IndexedDB.

/** A store of files for `connect`, by key. */
export class Files {
  #database;

  put(key, file) {
    return this.#run('readwrite', (files) => files.put(file, key));
  }

  get(key) {
    return this.#run('readonly', (files) => files.get(key));
  }

  delete(key) {
    return this.#run('readwrite', (files) => files.delete(key));
  }

  async #run(mode, work) {
    this.#database ??= open();
    const transaction = (await this.#database).transaction('files', mode);
    const request = work(transaction.objectStore('files'));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('waybill', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('files');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
