package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigDiffTest {
    private static final String TEXT = """
            model_list:
              - {model_name: home, litellm_params: {model: ollama/llama3.2}}
              - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5}}
              - {model_name: gpt, litellm_params: {model: openai/gpt-4o}}
            lanes:
              routine: {privacy: local_first, approved: [claude]}
              premium: {privacy: cloud_allowed}
            routes:
              daily: {lane: routine, chain: [home]}
              best: {lane: premium, chain: [gpt]}
            """;

    private static String diff(String before, String after) {
        return ConfigDiff.of(Configs.valid(before), Configs.valid(after)).text();
    }

    private static String reach(String before, String after) {
        return ReachDiff.of(report(before), report(after)).text();
    }

    private static RouteReport report(String text) {
        ConfigResult.Valid valid = Configs.valid(text);
        return RouteReport.of(valid.config(), new Secrets(Environment.of(Configs.KEYS), valid.literals()));
    }

    @Test
    void shouldSeeNoDifferenceInHowItIsWritten() {
        String written =
                TEXT.replace("{lane: routine, chain: [home]}", "{chain: ['home'], lane: \"routine\", visible: true}")
                        + "# a comment\n";

        assertThat(diff(TEXT, written)).isEmpty();
        assertThat(reach(TEXT, written)).isEmpty();
    }

    @Test
    void shouldTellWhatIsPutIntoAChainAndTakenOut() {
        assertThat(diff(TEXT, TEXT.replace("chain: [home]", "chain: [home, claude]")))
                .isEqualTo("+ routes.daily.chain[1]: claude\n");
        assertThat(diff(TEXT, TEXT.replace("chain: [gpt]", "chain: [claude, gpt]")))
                .isEqualTo("+ routes.best.chain[0]: claude\n");
        assertThat(diff(TEXT, TEXT.replace("chain: [gpt]", "chain: [home]")))
                .isEqualTo("- routes.best.chain[0]: gpt\n+ routes.best.chain[0]: home\n");
        assertThat(diff(TEXT.replace("[gpt]", "[gpt, claude]"), TEXT.replace("[gpt]", "[claude, gpt]")))
                .isEqualTo("- routes.best.chain[0]: gpt\n+ routes.best.chain[1]: gpt\n");
    }

    @Test
    void shouldTellOfValuesRoutesAndDeployments() {
        String after = TEXT.replace("openai/gpt-4o}", "openai/gpt-4o, timeout: 7}")
                .replace("{lane: premium, chain: [gpt]}", "{lane: premium, chain: [gpt], fallback: never}")
                .replace("  daily: {lane: routine, chain: [home]}\n", "  other: {lane: private, chain: [home]}\n");

        assertThat(diff(TEXT, after).lines())
                .containsSubsequence(
                        "~ model_list[gpt: openai/gpt-4o].litellm_params.timeout: 600 -> 7",
                        "~ routes.best.fallback: allowed -> never")
                .anyMatch(line -> line.startsWith("- routes.daily: {\"lane\":\"routine\""))
                .anyMatch(line -> line.startsWith("+ routes.other: {\"lane\":\"private\""));
    }

    @Test
    void shouldTellOfAnotherOrder() {
        String first = "  - {model_name: home, litellm_params: {model: ollama/llama3.2}}\n";
        String second = "  - {model_name: gpt, litellm_params: {model: openai/gpt-4o}}\n";

        assertThat(diff("model_list:\n" + first + second, "model_list:\n" + second + first))
                .isEqualTo("~ model_list: in another order\n");
    }

    @Test
    void shouldTellDeploymentsOfOneNameApart() {
        String one = "{model_name: a, litellm_params: {model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY}}";
        String two = "{model_name: a, litellm_params: {model: openai/gpt-4o, api_key: os.environ/SECOND_KEY}}";

        assertThat(diff("model_list: [" + one + "]", "model_list: [" + one + ", " + two + "]"))
                .startsWith("+ model_list[a: openai/gpt-4o, 2]: {")
                .hasLineCount(1);
    }

    @Test
    void shouldShowNoSecret() {
        String literal = TEXT.replace("openai/gpt-4o}", "openai/gpt-4o, api_key: topsecret}");

        assertThat(diff(TEXT, literal)).contains("literal/").doesNotContain("topsecret");
    }

    @Test
    void shouldNameWhatMayNowLeaveTheNetwork() {
        String after =
                TEXT.replace("chain: [home]", "chain: [home, claude]").replace("chain: [gpt]", "chain: [gpt, home]");

        assertThat(reach(TEXT, after))
                .contains("daily can reach, and could not before:\n    anthropic/claude-sonnet-4-5  account anthropic")
                .contains("https://api.anthropic.com")
                .contains("  CLOUD: may now leave the network for it\n")
                .contains("best can reach, and could not before:\n    ollama/llama3.2")
                .endsWith("MAY NOW LEAVE THE NETWORK, and could not before: daily\n");
        assertThat(reach(after, TEXT)).isEmpty();
    }
}
