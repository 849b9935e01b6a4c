package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.answers.TranslatingPipe;
import dev.laneway.dialects.json.JsonCursor;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Measures the CPU time of each step of the hot path on one thread, warm. Not a test: run it by hand.
 *
 * <pre>
 * ./mvnw -q -pl dialects -am test-compile
 * ./mvnw -q -pl dialects dependency:build-classpath -Dmdep.outputFile=target/cp
 * java -cp dialects/target/test-classes:dialects/target/classes:contracts/target/classes:$(cat dialects/target/cp) \
 *     dev.laneway.dialects.DialectTimings
 * </pre>
 */
final class DialectTimings {
    private static final int CHUNKS = 64;
    private static long sink;

    private DialectTimings() {}

    public static void main(String[] args) {
        var small = TestTargets.bytes(
                "{'model':'general-smart','messages':[{'role':'system','content':'You are brief.'},{'role':'user','content':'Say hello.'}],"
                        + "'stream':true,'temperature':0.2}");
        var agent = agentBody(60_000);
        var image = TestTargets.bytes(
                "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                        + "iVBOR".repeat(2 << 20) + "'}}]}]}");
        var openAi = Dialects.inbound(Dialect.OPENAI_CHAT);
        time("inspect, small request (" + small.length + " B)", 1, () -> openAi.inspect(small));
        time("inspect, agent's request (" + agent.length + " B)", 1, () -> openAi.inspect(agent));
        time("inspect, 10 MB image", 1, () -> openAi.inspect(image));

        var target = TestTargets.of("openai", "gpt-4o-2024-08-06", true);
        var vendor = Dialects.outbound(Dialect.OPENAI_CHAT);
        time("pass through, small request", 1, () -> vendor.passThrough(small, target));
        time("pass through, agent's request", 1, () -> vendor.passThrough(agent, target));
        time("pass through, 10 MB image", 1, () -> vendor.passThrough(image, target));
        var claude = TestTargets.of("anthropic", "claude-sonnet-4-5", true);
        time("translate to Anthropic, small request", 1, () -> translate(small, claude));
        time("translate to Anthropic, agent's request", 1, () -> translate(agent, claude));

        var chunk = TestTargets.bytes(
                "data: {'id':'chatcmpl-Dx0XpqH8w09uBXwq1zFGYdETjtnEl','object':'chat.completion.chunk','created':1782955817,"
                        + "'model':'gpt-4o-mini-2024-07-18','service_tier':'default','system_fingerprint':'fp_d0469e1700',"
                        + "'choices':[{'index':0,'delta':{'content':' hello'},'logprobs':null,'finish_reason':null}],'usage':null,'obfuscation':'qfQVOwfh62oUst'}\n\n");
        var event = TestTargets.bytes("event: content_block_delta\ndata: {'type':'content_block_delta','index':0,"
                + "'delta':{'type':'text_delta','text':' hello'}}\n\n");
        stream(
                "OpenAI chunk passed through, renamed (" + chunk.length + " B)",
                Dialect.OPENAI_CHAT,
                Dialect.OPENAI_CHAT,
                "route",
                chunk);
        stream("OpenAI chunk passed through as it is", Dialect.OPENAI_CHAT, Dialect.OPENAI_CHAT, "", chunk);
        stream(
                "Anthropic event passed through (" + event.length + " B)",
                Dialect.ANTHROPIC_MESSAGES,
                Dialect.ANTHROPIC_MESSAGES,
                "route",
                event);
        stream(
                "OpenAI chunk translated for an Anthropic client",
                Dialect.ANTHROPIC_MESSAGES,
                Dialect.OPENAI_CHAT,
                "route",
                chunk);
        stream(
                "Anthropic event translated for an OpenAI client",
                Dialect.OPENAI_CHAT,
                Dialect.ANTHROPIC_MESSAGES,
                "route",
                event);

        var whole = TestTargets.bytes(
                "{'id':'chatcmpl-1','object':'chat.completion','created':1782955817,'model':'gpt-4o-mini-2024-07-18','choices':[{'index':0,"
                        + "'message':{'role':'assistant','content':'" + "Hello there. ".repeat(20)
                        + "','refusal':null},'logprobs':null,'finish_reason':'stop'}],"
                        + "'usage':{'prompt_tokens':20,'completion_tokens':60,'total_tokens':80,'prompt_tokens_details':{'cached_tokens':0}}}");
        time("whole answer passed through (" + whole.length + " B)", 1, () -> {
            var pipe = vendor.passThroughAnswer(new RenderContext("r", "route", 1, false, true));
            pipe.feed(whole);
            return pipe.end();
        });
        var text = "The committee met on Tuesday, to consider a bridge.\n"
                .repeat(20)
                .substring(0, 1_000);
        time("weighing of a text (" + text.length() + " characters)", 1, () -> {
            var tally = new TextTally();
            tally.add(text);
            return tally.tokens();
        });
        var quoted = TestTargets.bytes("'" + text.replace("\n", "\\n").substring(0, 1_000) + "'");
        time(
                "passing over a JSON string of 1000 B",
                1,
                () -> new JsonCursor().reset(quoted, 0, quoted.length).skipNonEmptyString());
        time("the same, and weighing it", 1, () -> {
            var tally = new TextTally();
            tally.takeString(new JsonCursor().reset(quoted, 0, quoted.length));
            return tally.tokens();
        });
        System.out.println("(" + sink % 10 + ")");
    }

    private static void stream(String what, Dialect caller, Dialect vendor, String model, byte[] piece) {
        var context = new RenderContext("01J", model, 1_790_000_000, true, false);
        time(what, CHUNKS, () -> {
            var out = Dialects.outbound(vendor);
            var pipe = caller == vendor
                    ? out.passThroughAnswer(context)
                    : new TranslatingPipe(
                            out.reader(true), Dialects.inbound(caller).renderer(context));
            var bytes = 0;
            for (var i = 0; i < CHUNKS; i++) {
                bytes += pipe.feed(piece, 0, piece.length).length;
            }
            return bytes;
        });
    }

    private static UpstreamPlan translate(byte[] body, Target target) {
        var parsed = (Parsed.Request) Dialects.inbound(Dialect.OPENAI_CHAT).parse(body);
        return Dialects.outbound(Dialect.ANTHROPIC_MESSAGES).call(parsed.request(), target);
    }

    private static byte[] agentBody(int size) {
        var text =
                new StringBuilder("{'model':'coding','stream':true,'stream_options':{'include_usage':true},'tools':[");
        for (var i = 0; i < 12; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{'type':'function','function':{'name':'tool_")
                    .append(i)
                    .append("','description':'")
                    .append("Does a thing with files. ".repeat(40))
                    .append(
                            "','parameters':{'type':'object','properties':{'path':{'type':'string'},'text':{'type':'string'}},'required':['path']}}}");
        }
        text.append("],'messages':[{'role':'system','content':'")
                .append("Rules. ".repeat(1_000))
                .append("'}");
        for (var i = 0; text.length() < size; i++) {
            text.append(",{'role':'user','content':[{'type':'text','text':'")
                    .append("please ".repeat(20))
                    .append("'}]},{'role':'assistant','content':null,'tool_calls':[{'id':'call_")
                    .append(i)
                    .append("','type':'function','function':{'name':'tool_1','arguments':'{\\'path\\':\\'a\\'}'}}]},"
                            + "{'role':'tool','tool_call_id':'call_")
                    .append(i)
                    .append("','content':'")
                    .append("line of a file ".repeat(40))
                    .append("'}");
        }
        return text.append("]}").toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static void time(String what, int steps, Supplier<?> step) {
        var clock = ManagementFactory.getThreadMXBean();
        var best = Double.MAX_VALUE;
        for (var round = 0; round < 10; round++) {
            var runs = 0;
            var start = clock.getCurrentThreadCpuTime();
            var used = 0L;
            while (used < 150_000_000) {
                for (var i = 0; i < 4; i++, runs++) {
                    sink += step.get().hashCode() & 1;
                }
                used = clock.getCurrentThreadCpuTime() - start;
            }
            best = Math.min(best, used / 1_000.0 / runs / steps);
        }
        System.out.println(String.format(Locale.ROOT, "%10.3f us  %s", best, what));
    }
}
