"""Evidence in an object store that speaks S3, as operators configure it."""

import boto3
import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from assessments.actions import evidence, evidence_files
from assessments.models import Evidence
from tests.actions.test_evidence import add, question, submission, upload
from tests.uploads.files import PDF

__all__ = ["question", "submission", "upload"]

CONTENT = PDF * 70_000  # more than one part of a multipart upload


@pytest.fixture(scope="module")
def server():
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture
def bucket(server, settings):
    options = {
        "bucket_name": "evidence",
        "endpoint_url": server,
        "access_key": "key",
        "secret_key": "secret",
        "region_name": "eu-central-1",
    }
    place = {"LocationConstraint": "eu-central-1"}
    client = boto3.client(
        "s3", endpoint_url=server, aws_access_key_id="key", aws_secret_access_key="secret", region_name="eu-central-1"
    )
    client.create_bucket(Bucket="evidence", CreateBucketConfiguration=place)
    chosen = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "evidence": chosen}
    yield lambda: [each["Key"] for each in client.list_objects_v2(Bucket="evidence").get("Contents", [])]
    client.delete_bucket(Bucket="evidence")


@pytest.mark.parametrize("key", ["", "a key"])
def test_a_file_is_stored_read_swept_and_deleted(
    key, bucket, submission, question, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.EVIDENCE_KEY = key
    row = add(submission, question, content=CONTENT)
    assert bucket() == [row.file]
    assert b"".join(evidence_files.content_of(row)) == CONTENT
    assert (storages["evidence"].open(row.file).read(5) == b"%PDF-") is (key == "")
    monkeypatch.setattr(evidence_files, "ON_ITS_WAY", evidence_files.ON_ITS_WAY * 0)
    storages["evidence"].save("aa/orphan", storages["evidence"].open(row.file))
    evidence_files.sweep()
    assert bucket() == [row.file]
    with django_capture_on_commit_callbacks(execute=True):
        evidence.withdraw(evidence=row, submission=submission, question=question)
    assert bucket() == [] and not Evidence.objects.exists()
