package dev.laneway.chaos.oracle;

/** What is promised of every request and attempt, whatever happens to the processes. */
public enum Promise {
    ONE_CALL("at most one vendor call per attempt", false),
    CALLS_REPORTED("every vendor call is in a usage fact", true),
    FACTS_TRUE("every call that a fact reports was made", false),
    TOKENS("the tokens of a fact are the vendor's", false),
    CALLS_EXPLAINED("calls per request: 1 + typed retries and hops + retries of unknown", false),
    ENDED("every accepted request has a terminal fact", true),
    ENDED_ONCE("one terminal fact per accepted request", false),
    LEDGER("the ledger says what the facts say", true),
    WORKED_OFF("nothing is left to be read, and nothing is a dead letter", true),
    CLAIMS("no claim is left unfinished", true),
    MONEY("no money is left held for an attempt that was sent", true),
    ANSWERS_TRUE("a client's whole answer is a completed request, and no answer only looks whole", true),
    NO_HANG("no client waits past its deadline", false),
    UNKNOWN("unknown outcomes: at most the calls in flight at an attack", false),
    RESUMED("work resumed within 15 s of a kill", false),
    ALIVE("no process ends by itself", false);

    private final String text;
    private final boolean mends;

    Promise(String text, boolean mends) {
        this.text = text;
        this.mends = mends;
    }

    /** Whether a finding of it may go by itself, while work that was delivered again is done. */
    public boolean mends() {
        return mends;
    }

    public String text() {
        return text;
    }
}
