package dev.laneway.e2e;

/** Official clients from npm. */
class NpmClientsIT extends SdkClientsContract {
    @Override
    SdkClient.Registry registry() {
        return SdkClient.Registry.NPM;
    }
}
