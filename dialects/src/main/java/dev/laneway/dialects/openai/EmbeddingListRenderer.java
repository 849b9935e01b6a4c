package dev.laneway.dialects.openai;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.embeddings.EmbeddingAnswer;
import dev.laneway.dialects.embeddings.EmbeddingRenderer;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.EmbeddingRequest.Encoding;

/** Writes {@code CreateEmbeddingResponse}. SDKs demand {@code usage}: where the vendor told none, it says 0. */
final class EmbeddingListRenderer implements EmbeddingRenderer {
    private static final int BESIDE_A_VECTOR = 64;

    private final Encoding encoding;
    private final RenderContext context;

    EmbeddingListRenderer(Encoding encoding, RenderContext context) {
        this.encoding = encoding;
        this.context = context;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public String model() {
        return context.model();
    }

    @Override
    public byte[] render(EmbeddingAnswer answer) {
        var size = 256;
        for (var vector : answer.vectors()) {
            size += vector.length + BESIDE_A_VECTOR;
        }
        var out = new ByteText(size).ascii("{\"object\":\"list\",\"data\":[");
        for (var i = 0; i < answer.vectors().size(); i++) {
            out.ascii(i == 0 ? "" : ",")
                    .ascii("{\"object\":\"embedding\",\"index\":")
                    .number(i);
            out.ascii(",\"embedding\":").raw(answer.vectors().get(i)).ascii("}");
        }
        out.ascii("],\"model\":").quoted(context.model().isEmpty() ? answer.vendorModel() : context.model());
        var usage = answer.usage() == null ? TokenUsage.NONE : answer.usage();
        out.ascii(",\"usage\":{\"prompt_tokens\":").number(usage.input());
        return out.ascii(",\"total_tokens\":").number(usage.input()).ascii("}}").take();
    }
}
