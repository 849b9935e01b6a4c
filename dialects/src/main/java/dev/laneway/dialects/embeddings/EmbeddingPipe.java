package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.answers.ObservedPipe;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;

/**
 * From a vendor's answer to the caller's. One that may be passed on is, byte by byte, but for the vendor's model id, if its vectors
 * are encoded as the caller wants them; every other one is written anew. Bounded by {@link #LARGEST}. One answer, one thread.
 */
final class EmbeddingPipe extends ObservedPipe {
    /** Bytes of an answer, the vendor's and the caller's: 2,048 vectors of 1,536 numbers as text are 40 MB. */
    static final int LARGEST = 64 << 20;

    private static final int ERROR_KEPT = 64 << 10;

    private final EmbeddingRenderer renderer;
    private final VectorReader reader;
    private final Pieces pieces = new Pieces();
    private final boolean passing;
    private final int expected;

    /**
     * Before the vendor's first byte.
     *
     * @param passing whether the answer is in the caller's dialect
     * @param expected how many vectors are due; 0 where that isn't known
     */
    EmbeddingPipe(AnswerShape shape, EmbeddingRenderer renderer, boolean passing, int expected) {
        this.renderer = renderer;
        this.passing = passing;
        this.expected = expected;
        this.reader = new VectorReader(shape, renderer.encoding(), passing);
    }

    @Override
    public byte[] feed(byte[] bytes, int offset, int length) {
        if (over()) {
            return NOTHING;
        }
        reader.feed(bytes, offset, length);
        if (passing && reader.asWanted()) {
            pieces.add(bytes, offset, length);
        } else if (!reader.numbersSeen() && pieces.size() < ERROR_KEPT) {
            pieces.add(bytes, offset, length);
        } else {
            pieces.clear();
        }
        if (pieces.size() > LARGEST) {
            fail(FailureKind.MALFORMED, "The vendor's answer is too large.");
        }
        observe();
        return NOTHING;
    }

    private void observe() {
        var spoiled = reader.failure();
        if (spoiled != null) {
            fail(spoiled);
        }
        if (reader.numbersSeen()) {
            sawToken();
        }
        var usage = reader.usage();
        if (usage != null) {
            sawUsage(usage);
        }
    }

    @Override
    public byte[] end() {
        if (over()) {
            return NOTHING;
        }
        reader.end();
        if (pieces.isBlank() && reader.count() == 0) {
            fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
        }
        if (reader.isError() && reader.count() == 0) {
            var root = Json.tree(pieces.join());
            fail(VendorErrors.inBand(root == null ? Json.object() : root));
        }
        observe();
        checkCount();
        if (!failed()) {
            sawEnd();
            judgeContent();
        }
        return failed() ? NOTHING : written();
    }

    private void checkCount() {
        var distinct = reader.asWanted() ? reader.count() : reader.vectors().size();
        if (reader.count() > 0 && (distinct != reader.count() || (expected > 0 && expected != distinct))) {
            fail(FailureKind.MALFORMED, "The vendor's answer has not one vector for each input.");
        }
    }

    private byte[] written() {
        if (!reader.asWanted()) {
            return renderer.render(new EmbeddingAnswer(reader.model(), reader.vectors(), reader.usage()));
        }
        if (renderer.model().isEmpty() || reader.modelFrom() < 0) {
            return pieces.join();
        }
        return pieces.join((int) reader.modelFrom(), (int) reader.modelTo(), Json.quoted(renderer.model()));
    }
}
