package dev.laneway.e2e;

import java.net.URI;
import java.nio.file.Path;

/** A running Laneway, whichever way it was started, as a client and an operator see it. */
interface Gateway extends AutoCloseable {
    /** The key that its clients use. */
    String KEY = "sk-end-to-end";

    /** What {@code SIM_KEY} is in its environment. */
    String VENDOR_KEY = "vendor-key-of-the-tests";

    /** {@code http://127.0.0.1:PORT}. */
    URI api();

    /** A management port. */
    URI management();

    /** The config file that it watches. */
    Path configFile();

    /** Bootstrap servers of its broker. */
    String kafka();

    /** The ledger's database. */
    String database();

    @Override
    void close();
}
