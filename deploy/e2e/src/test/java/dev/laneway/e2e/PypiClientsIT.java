package dev.laneway.e2e;

/** Official clients from PyPI. */
class PypiClientsIT extends SdkClientsContract {
    @Override
    SdkClient.Registry registry() {
        return SdkClient.Registry.PYPI;
    }
}
