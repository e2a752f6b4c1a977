"""`/n/<page id>/`. Persian digits are as good as ASCII ones: people type these addresses from paper."""

from django.urls import re_path

from . import views

urlpatterns = [re_path(r"^(?P<number>\d{1,18})/$", views.permalink, name="news_permalink")]
