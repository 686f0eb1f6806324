const STORED = { accessToken: process.env.TOKEN };

export default {
  getItem: async (key) => STORED[key] ?? null,
};
