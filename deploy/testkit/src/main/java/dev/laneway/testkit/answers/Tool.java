package dev.laneway.testkit.answers;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool that the caller offers.
 *
 * @param name its name
 * @param schema JSON schema of its arguments
 */
public record Tool(String name, JsonNode schema) {}
