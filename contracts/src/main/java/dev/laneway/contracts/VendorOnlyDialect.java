package dev.laneway.contracts;

/** A wire format that no client of the gateway speaks: requests and answers are always translated. */
public enum VendorOnlyDialect implements VendorDialect {
    BEDROCK_CONVERSE("bedrock-converse"),
    BEDROCK_EMBED("bedrock-embed"),
    COHERE_EMBED("cohere-embed"),
    GEMINI_EMBED("gemini-embed");

    private final String id;

    VendorOnlyDialect(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
