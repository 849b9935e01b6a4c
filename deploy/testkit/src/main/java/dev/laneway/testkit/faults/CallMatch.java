package dev.laneway.testkit.faults;

/**
 * Which calls a rule is about. All three must fit.
 *
 * @param model the model as the caller named it, options included
 * @param path the path, without the query
 * @param attempt the caller's {@code x-client-request-id}, empty when it sent none
 */
public record CallMatch(Glob model, Glob path, Glob attempt) {
    /** Every call. */
    public static final CallMatch ANY = new CallMatch(Glob.ANY, Glob.ANY, Glob.ANY);

    /** Calls of models that fit a pattern, such as {@code gpt-*}. */
    public static CallMatch model(String pattern) {
        return new CallMatch(new Glob(pattern), Glob.ANY, Glob.ANY);
    }

    /** Calls whose attempt id fits a pattern, such as {@code *:0:0}. */
    public static CallMatch attempt(String pattern) {
        return new CallMatch(Glob.ANY, Glob.ANY, new Glob(pattern));
    }

    boolean matches(String calledModel, String calledPath, String attemptId) {
        return model.matches(calledModel) && path.matches(calledPath) && attempt.matches(attemptId);
    }
}
