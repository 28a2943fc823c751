/*
 * Loaded into Astro's process (`node --import`): it ends when the build that started it is gone, however that
 * one ended. Otherwise a build that was killed alone would leave a renderer that writes beside the next build's.
 */
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
