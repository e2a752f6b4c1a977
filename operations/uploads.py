"""Bounds for whatever is uploaded, held while it comes in: no visitor fills the memory or the disk with one request."""

import logging
from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

logger = logging.getLogger(__name__)

MB = 1024 * 1024
#: More than all files of any form together; a web server in front should hold the same bound.
LARGEST_REQUEST = 64 * MB
#: No form takes a larger one. Of such a file one byte more is kept, so that the form can say that it is too large.
LARGEST_FILE = 20 * MB


class BoundedUpload(FileUploadHandler):
    """Refuses a huge request before it is read, and lets go of what no form takes. Stands first of the handlers."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig(f"A request of {content_length} bytes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        room = LARGEST_FILE + 1 - start
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> None:
        return None


class SteadyTemporaryUpload(TemporaryFileUploadHandler):
    """Django's own, but a full disk costs the file and not the request: the form sees a file that is `lost`."""

    lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as problem:
            self._lose(problem)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self.lost:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as problem:
                self._lose(problem)

    def file_complete(self, file_size: int) -> Any:
        if not self.lost:
            try:
                return super().file_complete(file_size)
            except OSError as problem:
                self._lose(problem)
        name, kind, encoding = self.file_name or "", self.content_type or "", self.charset
        file = InMemoryUploadedFile(BytesIO(), self.field_name, name, kind, 0, encoding)
        file.lost = True  # type: ignore[attr-defined]
        return file

    def _lose(self, problem: OSError) -> None:
        logger.error("an upload could not be written to the temporary folder: %s", problem)
        self.lost = True
