package dev.laneway.dialects.embeddings;

import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.EmbeddingRequest.Encoding;

/** Writes {@code EmbedResponse}, or {@code EmbeddingResponse} with its one vector. Durations, which nobody measured, are left out. */
final class OllamaEmbedRenderer implements EmbeddingRenderer {
    private final boolean old;
    private final RenderContext context;

    /** @param old whether the request was of the older form */
    OllamaEmbedRenderer(boolean old, RenderContext context) {
        this.old = old;
        this.context = context;
    }

    @Override
    public Encoding encoding() {
        return Encoding.FLOAT;
    }

    @Override
    public String model() {
        return context.model();
    }

    @Override
    public byte[] render(EmbeddingAnswer answer) {
        if (old) {
            return new ByteText(256)
                    .ascii("{\"embedding\":")
                    .raw(answer.vectors().getFirst())
                    .ascii("}")
                    .take();
        }
        var size = 256;
        for (var vector : answer.vectors()) {
            size += vector.length + 1;
        }
        var out = new ByteText(size)
                .ascii("{\"model\":")
                .quoted(context.model().isEmpty() ? answer.vendorModel() : context.model())
                .ascii(",\"embeddings\":[");
        for (var i = 0; i < answer.vectors().size(); i++) {
            out.ascii(i == 0 ? "" : ",").raw(answer.vectors().get(i));
        }
        out.ascii("]");
        if (answer.usage() != null) {
            out.ascii(",\"prompt_eval_count\":").number(answer.usage().input());
        }
        return out.ascii("}").take();
    }
}
