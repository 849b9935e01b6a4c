package dev.laneway.dialects.providers;

import java.util.Locale;
import java.util.stream.Collectors;

/** The page {@code deploy/docs/providers.md}. */
final class ProviderPage {
    private ProviderPage() {}

    static String text() {
        var page = new StringBuilder("""
                # Providers

                The vendors that `litellm_params.model: PREFIX/MODEL` can name. This page is printed from the rows that the gateway works with
                (`ProviderPageTest`), and a test holds it to them. The first variable that is set counts; what a file states goes before any. For any other
                server that is compatible with OpenAI's, write `openai/MODEL` or `custom_openai/MODEL` with its `api_base`.

                | prefix | dialect | signed in by | key from | address, unless `api_base` or a variable says another | what differs |
                |---|---|---|---|---|---|
                """);
        ProviderCatalogue.all().forEach(row -> page.append(line(row)));
        page.append("""

                ## Cloud platforms

                | | under `litellm_params` | from the environment | unsaid |
                |---|---|---|---|
                | **Bedrock**, region | `aws_region_name` | `AWS_REGION_NAME`, `AWS_REGION`, `AWS_DEFAULT_REGION` | out of service |
                | access key | `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token` | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | |
                | API key, in place of an access key | `api_key` | `AWS_BEARER_TOKEN_BEDROCK`, which goes before an access key of the environment | |
                | profile | `aws_profile_name` | `AWS_PROFILE`, by the chain below | |
                | role | `aws_role_name`, `aws_session_name`, `aws_external_id`, `aws_web_identity_token`, `aws_sts_endpoint` | `AWS_ROLE_ARN` and others, by the chain below | |
                | none of these | `aws_credential_chain: true` | | AWS's own chain, below |
                | endpoint | `aws_bedrock_runtime_endpoint`, `api_base` | `AWS_BEDROCK_RUNTIME_ENDPOINT` | `https://bedrock-runtime.REGION.amazonaws.com` |
                | **Vertex AI**, service account | `vertex_credentials`: the path of its file, or its JSON by `os.environ/NAME` | `GOOGLE_APPLICATION_CREDENTIALS` | |
                | project | `vertex_project`, `project_id` | `VERTEXAI_PROJECT`, `GOOGLE_CLOUD_PROJECT` | the service account's own |
                | location | `vertex_location`, `location` | `VERTEXAI_LOCATION`, `GOOGLE_CLOUD_LOCATION` | `us-central1` |
                | **Azure OpenAI**, address | `api_base` | `AZURE_API_BASE`, `AZURE_OPENAI_ENDPOINT` | refused |
                | key | `api_key`, or `azure_ad_token` as a bearer | `AZURE_API_KEY`, `AZURE_OPENAI_API_KEY`, else `AZURE_AD_TOKEN` | |
                | version | `api_version` | `AZURE_API_VERSION` | `2024-10-21`; none where the address ends in `/openai/v1` |

                - A model of Bedrock is a model id, an inference profile's id, or an ARN: `bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0`. A
                  region before it (`bedrock/us-west-2/anthropic...`), or in an ARN, counts where `aws_region_name` says none. `converse/` and
                  `invoke/` before it change nothing: chat goes by Converse. A model of Azure is the name of a deployment there.
                - Embeddings behind Bedrock go by InvokeModel: Titan Text Embeddings, one input a request, and Cohere's Embed.
                - `vertex_ai/claude-...` is Claude on Vertex AI, by `rawPredict` and `streamRawPredict` as Anthropic has it, behind
                  `vertex_ai/*` too; its own prefix is `vertex_ai_anthropic`. `vertex_location` may be `global`, `us` or `eu`.
                - Calls to Bedrock are signed over their bytes (Signature Version 4, service `bedrock`) when they are written.
                - AWS's own chain is asked by the provider-workers of zone `cloud`, where they run: `AWS_ACCESS_KEY_ID` and its others; the role of
                  an EKS pod (`AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`); the profile that `AWS_PROFILE` names, else
                  `default`; the role of an ECS task or an EKS pod (`AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, `..._FULL_URI`, with
                  `AWS_CONTAINER_AUTHORIZATION_TOKEN` or its `_FILE`); the role of an EC2 instance, by its metadata service, version 2 only. The first
                  that is set up counts. In a container on an instance, that service needs a hop limit of 2.
                - A profile is one of `~/.aws/credentials` and `~/.aws/config` (`AWS_SHARED_CREDENTIALS_FILE`, `AWS_CONFIG_FILE`): an access key, or a
                  role by `source_profile`, `credential_source` or `web_identity_token_file`. `credential_process` is not run; profiles of SSO and of
                  `mfa_serial` are not signed in to.
                - A role is taken on for an hour, at the region's STS (`aws_sts_endpoint`, `AWS_ENDPOINT_URL_STS`): by `aws_web_identity_token` where one
                  is said (the path of its file, `oidc/file/PATH`, `oidc/env/NAME`, `oidc/env_path/NAME`, or `os.environ/NAME`), else by the access key,
                  else by the profile, else by what the chain finds.
                - Keys that end are renewed five minutes before, while the old ones still serve; files are read again every 5 s. No call waits for them.
                  Where there are none, the deployment is out of service, the worker's log says why, and it is asked again, at most once a minute in the
                  end. `laneway_worker_sign_ins_total{outcome}` counts. `validate` can't ask: it warns where nothing is set up in its own environment.
                - The region has to be said: it is taken from no profile and no instance.
                - Bedrock fetches nothing: images and documents by URL are refused there, unless they are in S3 (`s3://...`).
                - Tokens of a service account are fetched when a call first needs one, kept, and renewed five minutes before their end while the old one
                  still serves. A token that a vendor answers with 401 is dropped, unless it is younger than a minute. Where there is none to be had,
                  the attempt has failed (`unauthorized`, or `unreachable` where Google's token endpoint is) and falls back as any other.
                """);
        return page.toString();
    }

    private static String keys(ProviderRow row) {
        return row.auth() == ProviderRow.AuthStyle.GOOGLE
                ? "its file, below"
                : row.keyVariables().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String line(ProviderRow row) {
        var prefixes = new StringBuilder("`" + row.name() + "`");
        ProviderCatalogue.aliases(row)
                .forEach(alias -> prefixes.append(", `").append(alias).append('`'));
        var address = row.baseUrl() == null ? "" : "`" + row.baseUrl() + "`";
        var variables =
                row.baseUrlVariables().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        var differs = row.quirks().stream()
                .sorted()
                .map(quirk -> quirk.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return "| " + prefixes + (row.selfHosted() ? ", self-hosted" : "") + " | "
                + row.dialect().id() + " | "
                + auth(row.auth()) + " | "
                + keys(row) + " | "
                + address + (address.isEmpty() || variables.isEmpty() ? "" : ", ") + variables + " | " + differs
                + " |\n";
    }

    private static String auth(ProviderRow.AuthStyle style) {
        return switch (style) {
            case BEARER -> "bearer";
            case X_API_KEY -> "`x-api-key`";
            case X_GOOG_API_KEY -> "`x-goog-api-key`";
            case API_KEY -> "`api-key`, or an Entra token";
            case AWS -> "AWS signature, or an API key as a bearer";
            case GOOGLE -> "service account";
            case NONE -> "nothing, or a bearer";
        };
    }
}
