package dev.laneway.runtime.config.models;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model of Bedrock as LiteLLM's users write it: {@code us-east-1/ID} says a region, {@code converse/ID} an API, and an ARN has its region
 * in it. What an id begins with ({@code us.anthropic...}) is a part of it.
 *
 * @param region null where the name says none
 * @param id what Bedrock calls it
 */
record BedrockName(@Nullable String region, String id) {
    private static final Pattern SEGMENT =
            Pattern.compile("(?:(?<region>[a-z]{2}(?:-[a-z]+){1,3}-\\d)|converse|invoke)/(?<rest>.+)");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:bedrock:(?<region>[a-z0-9-]+):.*");

    static BedrockName of(String model) {
        String region = null;
        String id = model;
        Matcher segment = SEGMENT.matcher(id);
        while (segment.matches()) {
            region = segment.group("region") == null ? region : segment.group("region");
            id = segment.group("rest");
            segment = SEGMENT.matcher(id);
        }
        Matcher arn = ARN.matcher(id);
        return new BedrockName(region == null && arn.matches() ? arn.group("region") : region, id);
    }
}
