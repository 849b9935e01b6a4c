package dev.laneway.dialects;

/**
 * What the address of a request says where its dialect says it there, as Gemini's does, and OpenAI's as Azure has it.
 *
 * @param model what the client asked for, decoded, not empty
 * @param stream whether the answer is to be streamed; of no meaning where the body says so
 */
public record Addressed(String model, boolean stream) {
    public Addressed {
        if (model.isEmpty()) {
            throw new IllegalArgumentException("an address without a model");
        }
    }
}
