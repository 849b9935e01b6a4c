package dev.laneway.runtime.config;

import java.util.Locale;

/**
 * Models that a server inside the network passes on to its vendor's cloud: an Ollama server does so for every tag that is {@code
 * cloud} or ends in {@code -cloud}, such as {@code gpt-oss:120b-cloud}. Asking a local address for one leaves the network.
 */
public final class CloudModel {
    private CloudModel() {}

    /** True when a model of that name never runs where its server does, whatever the provider that is named for the server. */
    public static boolean is(String vendorModel) {
        String name = vendorModel.strip().toLowerCase(Locale.ROOT);
        return name.endsWith("-cloud") || name.endsWith(":cloud");
    }
}
