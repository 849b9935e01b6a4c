package dev.laneway.runtime.catalogue;

/**
 * How many tokens a model makes at most of what is no text. 0: nobody said.
 *
 * @param image of a picture
 * @param document of a file
 * @param use of what one use of a vendor's own tool brings into the prompt
 */
public record Bounds(long image, long document, long use) {
    /** Nobody said anything. */
    public static final Bounds UNKNOWN = new Bounds(0, 0, 0);

    public Bounds {
        if (image < 0 || document < 0 || use < 0) {
            throw new IllegalArgumentException("a bound below nothing");
        }
    }

    /** These; what they don't say as the others have it. */
    Bounds over(Bounds others) {
        return new Bounds(
                image == 0 ? others.image : image,
                document == 0 ? others.document : document,
                use == 0 ? others.use : use);
    }
}
