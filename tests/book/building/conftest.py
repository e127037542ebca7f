"""What tests of builds share."""

import jupyter_client
import pytest
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client.provisioning import local_provisioner


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave to other tests of this process what starts kernels, and what keeps results, as it was."""
    for place, name in (
        (jupyter_client, "AsyncKernelManager"),
        (local_provisioner, "launch_kernel"),
        (JupyterCacheBase, "truncate_caches"),
        (JupyterCacheBase, "match_cache_notebook"),
    ):
        monkeypatch.setattr(place, name, getattr(place, name))
