package dev.laneway.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

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

    /** Properties of a client that may do everything at its broker. */
    Map<String, Object> kafka();

    /** The ledger's database. */
    String database();

    @Override
    void close();
}
