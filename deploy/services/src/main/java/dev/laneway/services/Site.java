package dev.laneway.services;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the servers of one start share.
 *
 * @param folder where each keeps its data, locked
 * @param ephemeral whether that data may be lost in a crash, because nobody looks for it again
 * @param programs where programs are unpacked
 * @param sweeper told of every process that is started
 */
record Site(DataFolder folder, boolean ephemeral, BinaryCache programs, Sweeper sweeper) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);

    static Site on(DataFolder folder, boolean ephemeral) throws IOException {
        return new Site(
                folder,
                ephemeral,
                BinaryCache.ofUserElse(folder.root().resolve("programs")),
                Sweeper.start(folder.root(), ephemeral ? folder.root() : null));
    }

    /** Looks for damage in all three folders, before anything runs on one of them. */
    void check(ServicesConfig config) throws ServicesException, IOException {
        if (config.externalKafka() == null) {
            KafkaFolder.check(folder);
        }
        if (config.externalDatabaseUrl() == null) {
            PostgresFolder.check(folder);
        }
        if (config.externalRedisUrl() == null) {
            RedisFolder.check(folder);
        }
    }

    /** When all servers have stopped: gives the folder back, or deletes it. */
    @Override
    public void close() {
        folder.close();
        if (ephemeral) {
            try {
                Trees.delete(folder.root());
            } catch (IOException e) {
                LOG.warn("cannot delete the temporary folder {}: {}", folder.root(), e.getMessage());
            }
        }
        sweeper.close();
    }
}
