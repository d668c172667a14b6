#pragma once
enum { Once };
