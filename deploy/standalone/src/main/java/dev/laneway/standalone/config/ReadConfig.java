package dev.laneway.standalone.config;

import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.DefaultConfig;
import dev.laneway.runtime.config.Environment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The config that a command looks at without a running gateway. */
public final class ReadConfig {
    private ReadConfig() {}

    /** The file's, or without one what the environment's provider keys allow; valid or not. */
    public static ConfigResult load(@Nullable Path file, Environment environment) {
        ConfigLoader loader = new ConfigLoader(
                new CatalogueProviders(), CatalogueFile.once(environment).prices(), true);
        return file == null
                ? loader.parse(
                        DefaultConfig.from(environment, new CatalogueProviders())
                                .text(),
                        "config made from the environment",
                        environment)
                : loader.load(file, environment);
    }
}
