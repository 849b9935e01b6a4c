package dev.laneway.standalone.faults;

import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Calls deployments in a line of a log by their place in a chain of two. */
public final class HopNames implements UnaryOperator<String> {
    private final GatewayConfig config;
    private final String second;

    /** @param second the group of the second hop */
    public HopNames(GatewayConfig config, String second) {
        this.config = config;
        this.second = second;
    }

    @Override
    public String apply(String line) {
        return Arrays.stream(line.split(" ")).map(this::word).collect(Collectors.joining(" "));
    }

    private String word(String word) {
        boolean colon = word.endsWith(":");
        Deployment deployment = config.deployments().get(colon ? word.substring(0, word.length() - 1) : word);
        return deployment == null
                ? word
                : (deployment.group().equals(second) ? "SECOND" : "FIRST") + (colon ? ":" : "");
    }
}
